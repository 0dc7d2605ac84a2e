"""Brings up everything the portal needs on a machine that has only Python.

Standard library only: it runs before anything is installed.
"""
