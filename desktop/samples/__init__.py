"""The fictional records behind demonstration, wizard, benchmarks and tests."""
