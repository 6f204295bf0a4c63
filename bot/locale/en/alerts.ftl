alert-heading = { $count ->
    [one] { $count } paper of { $date } matches your subscriptions
   *[other] { $count } papers of { $date } match your subscriptions
}
alert-queries = matched: { $queries }
alert-queries-more = matched: { $queries } and { $more } more
