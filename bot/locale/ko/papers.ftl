paper-authors = 저자
