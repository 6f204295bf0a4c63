"""Carries deliveries to Discord, at its pace, and tells what its refusals mean."""
