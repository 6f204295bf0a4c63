"""Papers as messages: cards, lists, pages, and the buttons below them."""
