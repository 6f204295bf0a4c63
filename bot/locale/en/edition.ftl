date-so-far = { $date }, so far
edition-week = Week of { $week }
edition-new = not yet in a daily edition here
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
