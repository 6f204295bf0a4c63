"""Names for time zones that Unicode's CLDR does not have."""

ALSO = {
    "Asia/Seoul": "한국, Korea, KST, Busan, 부산, Incheon, 인천, Daegu, 대구, Daejeon, 대전, Gwangju, 광주, Jeju, 제주",
    "Asia/Tokyo": "JST, Osaka, 오사카, Kyoto, 교토, Fukuoka, 후쿠오카, Nagoya, 나고야"
    ", Yokohama, 요코하마, Sapporo, 삿포로",
    "Asia/Shanghai": "CST, Beijing, 베이징, 북경, Shenzhen, 선전, Guangzhou, 광저우, Hangzhou, 항저우, Nanjing"
    ", 난징, Wuhan, 우한",
    "Asia/Hong_Kong": "HKT",
    "Asia/Singapore": "SGT",
    "Asia/Manila": "PHT",
    "Asia/Jakarta": "WIB",
    "Asia/Bangkok": "ICT",
    "Asia/Ho_Chi_Minh": "Hanoi, 하노이, Ho Chi Minh, Ho Chi Minh City, 호찌민, 호치민",
    "Asia/Kolkata": "IST, Mumbai, 뭄바이, Delhi, New Delhi, 델리, 뉴델리, Bangalore, Bengaluru, 벵갈루루"
    ", Chennai, 첸나이, Hyderabad",
    "Asia/Jerusalem": "IST, Tel Aviv, 텔아비브",
    "Asia/Dubai": "Abu Dhabi, 아부다비",
    "Asia/Dhaka": "BST",
    "Europe/London": "BST, Oxford, 옥스퍼드, Edinburgh, 에든버러, Manchester, 맨체스터, England, UK, 영국",
    "Europe/Dublin": "IST",
    "Europe/Lisbon": "WET, WEST",
    "Europe/Paris": "CET, CEST, Lyon, 리옹",
    "Europe/Berlin": "Munich, 뮌헨, Frankfurt, 프랑크푸르트, Hamburg, 함부르크, Cologne, 쾰른",
    "Europe/Zurich": "Geneva, 제네바, Lausanne, 로잔",
    "Europe/Madrid": "Barcelona, 바르셀로나",
    "Europe/Rome": "Milan, 밀라노",
    "Europe/Athens": "EET, EEST",
    "Europe/Moscow": "MSK, St. Petersburg, 상트페테르부르크",
    "America/New_York": "EST, EDT, ET, Boston, 보스턴, Washington, 워싱턴, Philadelphia, 필라델피아, Atlanta"
    ", 애틀랜타, Miami, 마이애미"
    ", Pittsburgh, 피츠버그",
    "America/Chicago": "CST, CDT, CT, Houston, 휴스턴, Dallas, 댈러스, Austin, 오스틴",
    "America/Denver": "MST, MDT, MT",
    "America/Phoenix": "MST",
    "America/Los_Angeles": "PST, PDT, PT, San Francisco, 샌프란시스코, Seattle, 시애틀, San Diego, 샌디에이고"
    ", San Jose, 산호세"
    ", Palo Alto, 팰로앨토, Silicon Valley, 실리콘밸리, Bay Area, LA, Las Vegas, 라스베이거스",
    "America/Anchorage": "AKST, AKDT",
    "Pacific/Honolulu": "HST, Hawaii, 하와이",
    "America/Toronto": "Montreal, 몬트리올, Ottawa, 오타와",
    "America/Sao_Paulo": "BRT, Rio de Janeiro, 리우데자네이루",
    "Africa/Johannesburg": "SAST, Cape Town, 케이프타운",
    "Australia/Sydney": "AEST, AEDT, Melbourne, 멜버른, Canberra, 캔버라",
    "Australia/Brisbane": "Gold Coast, 골드코스트",
    "Australia/Adelaide": "ACST, ACDT",
    "Australia/Perth": "AWST",
    "Pacific/Auckland": "NZST, NZDT, Wellington, 웰링턴",
}
"""Names by zone, separated by commas. A name with several zones is ambiguous: the admin is asked which is meant."""
