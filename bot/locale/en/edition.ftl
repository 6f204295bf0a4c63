date-so-far = { $date }, so far
edition-week = The week of { $week }
edition-new = not in a daily edition here yet
edition-late = listed late, on { $date }
edition-heading = { $date } · { $count } of { $total } papers
edition-heading-whole = { $count ->
    [one] { $date } · { $count } paper
   *[other] { $date } · { $count } papers
}
edition-best = Top: { $title } · { $votes }
edition-first = First up: { $title }
edition-thread = { $count ->
    [one] { $date } · { $count } paper
   *[other] { $date } · { $count } papers
}
