paper-authors = Authors
