"""The lists of papers that members page through, each known by the key in its buttons."""
