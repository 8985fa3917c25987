"""Modules that several commands of the workbench use."""
