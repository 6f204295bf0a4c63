# The command /about: names are 1 to 32 characters without spaces, descriptions at most 100.
command-about = 소개
command-about-about = 페이퍼보이가 하는 일과 도움말, 내 데이터 지우기
