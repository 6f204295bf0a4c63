# The command /about: names are 1 to 32 characters without spaces, descriptions at most 100.
command-about = about
command-about-about = What Paperboy is and can do, and how to delete your data
