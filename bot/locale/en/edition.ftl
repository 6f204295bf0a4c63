date-so-far = { $date }, so far
edition-week = Week of { $week }
edition-new = not yet in a daily edition here
edition-late = listed late, on { $date }
edition-best = { $count ->
    [one] { $count } paper: { $title }
   *[other] { $count } papers · Top: { $title }
}
edition-first = { $count ->
    [one] { $count } paper: { $title }
   *[other] { $count } papers · First: { $title }
}
edition-total = { $total } in all
edition-matching = { $total ->
    [one] { $matching } of { $total } paper
   *[other] { $matching } of { $total } papers
}
edition-thread = { $count ->
    [one] { $date } · { $count } paper
   *[other] { $date } · { $count } papers
}
