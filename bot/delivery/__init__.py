"""Sends what is owed, and decides what errors mean. Uses a Messenger, not Discord."""
