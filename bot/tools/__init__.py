"""The commands of the command line other than `run`, one file each."""
