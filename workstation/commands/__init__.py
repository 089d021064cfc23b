"""The headless twin: one module a noun, found by listing this folder; each is imported only when it is used.

A noun is a module with a Chinese `HELP` and a function `register`:

    \"\"\"Noun `shelf`: shelf places.\"\"\"
    HELP = "货位：显示、清点"

    def register(verbs: Verbs) -> None:
        place = argument("place", help="货位编号")
        verbs.add("show", _show, help="显示一个货位", shows="A-01", arguments=[place])
        counted = "--json - --as 1001 < 清点.json"
        verbs.add("count", _count, help="清点货位", shows=counted, reads=(Count, EXAMPLE_COUNT))

    def _show(context: Context, args: Namespace) -> Result:
        shelf = shelves.show(context.reading_desk(), args.place)
        return Result({"shelf": shown.record(shelf)}, text=f"货位 {shelf.place}")

    def _count(context: Context, args: Namespace) -> Result:
        counted = shelves.count(context.desk(), context.read(Count))
        return Result({"shelves": [shown.record(s) for s in counted]}, text="已清点。")

* Import acts at the top of the noun's module. `HELP` is read without importing, so it is one plain string.
* `verbs.only(run, …)` instead of `add` makes a noun that is a whole command: `scan CODE`.
* `shows=` is the verb's example in `--help`, or a pair of them: what follows the verb on the line. Each can
  be typed as it stands: `--as` and `--second` where the act needs them, invented people, numbers with their
  check digit. Lines of the help have at most 100 columns; a longer one goes on behind a backslash. A test
  types every one of them.
* `argument("number", help=…)`, `argument("--reason", required=True, choices=[…], help=…)`: argparse's own
  words; `type=whole` and `type=moment` (parser.py) refuse in Chinese.
* `context.desk()` opens the store and signs in, once: `--as` with WORKSTATION_PASSWORD or a prompt, and
  `--second` with WORKSTATION_SECOND_PIN or a prompt. Role, seen version and second person are the act's
  business. `context.reading_desk()` opens it without an operator, for verbs that need none.
* `reads=` names the structure (acts/inputs.py: `class Count(Input)`) that `--json -` reads from stdin, and an
  example; `context.read(Count)` gives it. `--schema` then works by itself, without home and operator.
  `context.has_input` tells whether JSON was given, where flags can do instead.
* `Result(data, text, exit_code=0)`: `data` is the JSON document (lists under their plural, absolute paths,
  English states), `text` what a person reads. A check that failed gives its result with `exit_code=3`.
* Errors: raise `Refused`, `WrongUsage`, `OutsideFailed` with a code of their own, or let the layers' errors
  pass; running.py explains them and gives the exit code. Nothing is caught in a noun.
* Personal fields leave masked: render records with `shown.record`, times with `shown.time`, other values with
  `shown.mask`; `output.table` sets columns in text.

`--home --json --as --second --window --seen --draft` belong to every verb and may stand anywhere on the line.
"""
