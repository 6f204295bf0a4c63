# The group /paper: names are 1 to 32 signs without spaces, descriptions at most 100.
command-paper = 논문
command-paper-about = 논문을 찾아서 읽어요
command-paper-search = 검색
command-paper-search-about = 논문을 찾아요. 결과는 나만 볼 수 있어요
command-paper-show = 보기
command-paper-show-about = 논문 하나를 요약 전체와 함께 봐요
command-paper-day = 하루
command-paper-day-about = 하루치 논문을 모두 봐요. 날짜를 적지 않으면 가장 최근 날이에요
command-paper-top = 인기
command-paper-top-about = 추천을 많이 받은 논문을 봐요
command-paper-random = 무작위
command-paper-random-about = 아무 논문이나 하나 봐요

option-paper-query = 검색어
option-paper-query-about = 모두 들어 있어야 하는 낱말, "문구", -제외할낱말, author:저자, title:제목
option-paper-since = 시작일
option-paper-since-about = 이날부터: 2024-02-23, 오늘, 어제
option-paper-until = 종료일
option-paper-until-about = 이날까지: 2024-02-23, 오늘, 어제
option-paper-min-votes = 최소추천
option-paper-min-votes-about = 추천이 이보다 적은 논문은 빼요
option-paper-sort = 정렬
option-paper-sort-about = 논문을 보여 줄 순서: 처음에는 관련 높은 순
option-paper-paper = 논문
option-paper-paper-about = 제목을 입력하거나 arXiv 번호 또는 링크를 적어 주세요
option-paper-date = 날짜
option-paper-date-about = 볼 날짜: 2024-02-23, 오늘, 어제
option-paper-period = 기간
option-paper-period-about = 오늘부터 얼마나 거슬러 올라갈까요?

choice-sort-relevance = 관련 높은 순
choice-sort-votes = 추천 많은 순
choice-sort-newest = 최신순
choice-period-week = 일주일
choice-period-month = 한 달
choice-period-year = 1년
choice-period-all = 전체
