"""Every sentence the bot says, in Fluent files that people write and correct, behind a strict wrapper.

Nothing else in the program holds a sentence for a person. To add a language: copy `en.ftl`, translate it, add its tag
to `LOCALES`; the parity test names what is missing. A message marked `# draft: to be read by …` is medical, legal or a
crisis sentence that the group named has not read yet; `python -m bot check` lists them.
"""
