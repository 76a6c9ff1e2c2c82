#!/usr/bin/env bash
# Forecasts the 28 days after a day of the M5 competition, from its raw files.
#
#     Examples/M5/run.sh DATA LAST_DAY OUTPUT [OPTION ...]
#
# DATA      a directory with the sales (sales*.csv or sales*.csv.gz, a column d_N for each day),
#           calendar.csv, and sell_prices.csv or sell_prices.csv.gz
# LAST_DAY  the last day of history, such as 1913 or d_1913
# OUTPUT    a directory for next.csv (the forecast), forecasts.csv, forecast.html, and the model
# OPTION    options of `foresight forecast`; the default is --ensemble 3
#
# Sales after LAST_DAY are not used. At most 1,100 days of history are.
set -euo pipefail

if [ $# -lt 3 ]; then sed -n '2,13s/^# \{0,1\}//p' "$0"; exit 64; fi
data=$(cd "$1" && pwd)
last=${2#d_}
mkdir -p "$3"
output=$(cd "$3" && pwd)
shift 3
cd "$(dirname "$0")/../.."

file() { # the first file that exists
  for path in "$@"; do if [ -f "$path" ]; then echo "$path"; return; fi; done
  echo "run.sh: there is no $(basename "$1") in $data" >&2
  exit 66
}

sales=$(file "$data"/sales_train_evaluation.csv* "$data"/sales_train_validation.csv* \
  "$data"/sales_d*.csv* "$data"/sales.csv*)
prices=$(file "$data"/sell_prices.csv "$data"/sell_prices.csv.gz)
calendar=$(file "$data"/calendar.csv "$data"/calendar.csv.gz)

read_text() { case $1 in *.gz) gzip -dc "$1" ;; *) cat "$1" ;; esac; }
day() { date -u -d "2011-01-29 + $(($1 - 1)) days" +%F; }

header=$(read_text "$sales" | head -n 1 || true)
first=$(echo "$header" | tr ',' '\n' | tr -d '"\r' | sed -n 's/^d_\([0-9]*\)$/\1/p' | head -n 1)
if [ "$first" -lt $((last - 1099)) ]; then first=$((last - 1099)); fi

schema=$output/schema.json
cat > "$schema" <<JSON
{
  "identity": "id", "steps": {"first": "d_$first", "date": "$(day "$first")"},
  "levels": ["item_id", "dept_id", "cat_id", "store_id", "state_id"],
  "tables": [
    {"source": "$calendar", "time": "date", "covariates": [
      {"column": "event_name_1", "role": "known", "kind": "categorical"},
      {"column": "event_type_1", "role": "known", "kind": "categorical"},
      {"column": "event_name_2", "role": "known", "kind": "categorical"},
      {"column": "event_type_2", "role": "known", "kind": "categorical"},
      {"column": "snap_CA", "role": "known", "kind": "numeric"},
      {"column": "snap_TX", "role": "known", "kind": "numeric"},
      {"column": "snap_WI", "role": "known", "kind": "numeric"}]},
    {"source": "$prices", "keys": ["store_id", "item_id"],
     "period": {"column": "wm_yr_wk", "source": "$calendar", "date": "date"},
     "covariates": [{"column": "sell_price", "role": "known", "kind": "numeric"}]}
  ]
}
JSON

scripts/install-dependencies.sh
swift build -c release --product foresight
foresight=.build/release/foresight
"$foresight" prepare "$sales" --schema "$schema" --until "$(day "$last")" \
  --output "$output/panel.safetensors" --report "$output/prepared.json"
"$foresight" forecast "$output/panel.safetensors" --horizon 28 --output "$output" --ensemble 3 "$@"
