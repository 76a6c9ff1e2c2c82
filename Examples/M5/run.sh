#!/usr/bin/env bash
# Forecasts the 28 days after a day of the M5 competition, from its raw files.
#
#     Examples/M5/run.sh DATA LAST_DAY OUTPUT [OPTION ...]
#
# DATA      a directory with the sales (sales*.csv or sales*.csv.gz, a column d_N for each day),
#           calendar.csv, sell_prices.csv or sell_prices.csv.gz, and, if there is one, a table of
#           aggregates (agg_levels*.csv.gz, whose level 9 are stores by department)
# LAST_DAY  the last day of history, such as 1913 or d_1913
# OUTPUT    a directory for next.csv (the forecast), forecasts.csv, forecast.html, and the model
# OPTION    options of `foresight forecast`; the default is --network lstm,mlp --ensemble 3
#           --baselines ridge --equal-weights
#
# Sales after LAST_DAY are not used for the forecast. If there are any, the forecast is scored on them
# at the twelve levels of the competition. The scales come from the days in DATA.
#
# The network of the 30,490 series sees at most 1,100 days; that of their sums, of each department of
# each store, sees all days.
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

# Prints the sums of each department of each store, a row each.
sums() {
  local aggregates
  aggregates=$(ls "$data"/agg_levels*.csv* 2> /dev/null | head -n 1 || true)
  if [ -n "$aggregates" ]; then
    # Rows of level 9 have keys such as CA_1_FOODS_2.
    read_text "$aggregates" | tr -d '"\r' | awk -F, '
      NR == 1 { row = "id,store_id,dept_id,cat_id,state_id" }
      NR > 1 {
        split($2, part, "_")
        store = part[1] "_" part[2]; dept = part[3] "_" part[4]
        row = $2 "," store "," dept "," part[3] "," part[1]
      }
      NR == 1 || $1 == 9 { for (i = 5; i <= NF; i++) row = row "," $i; print row }'
  else
    read_text "$sales" | tr -d '"\r' | awk -F, '
      NR == 1 {
        for (i = 1; i <= NF; i++) column[$i] = i
        for (first = 1; $first !~ /^d_[0-9]+$/; first++) ;
        row = "id,store_id,dept_id,cat_id,state_id"
        for (i = first; i <= NF; i++) row = row "," $i
        print row
      }
      NR > 1 {
        store = $column["store_id"]; dept = $column["dept_id"]; id = store "_" dept
        keys[id] = store "," dept "," $column["cat_id"] "," $column["state_id"]
        for (i = first; i <= NF; i++) sum[id, i] += $i
        columns = NF
      }
      END {
        for (id in keys) {
          row = id "," keys[id]
          for (i = first; i <= columns; i++) row = row "," sum[id, i]
          print row
        }
      }'
  fi
}

events='{"source": "'$calendar'", "time": "date", "covariates": [
  {"column": "event_name_1", "role": "known", "kind": "categorical"},
  {"column": "event_type_1", "role": "known", "kind": "categorical"},
  {"column": "event_name_2", "role": "known", "kind": "categorical"},
  {"column": "event_type_2", "role": "known", "kind": "categorical"},
  {"column": "snap_CA", "role": "known", "kind": "numeric"},
  {"column": "snap_TX", "role": "known", "kind": "numeric"},
  {"column": "snap_WI", "role": "known", "kind": "numeric"}]}'

cat > "$output/schema.json" <<JSON
{
  "identity": "id", "steps": {"first": "d_$first", "date": "$(day "$first")"},
  "levels": ["item_id", "dept_id", "cat_id", "store_id", "state_id"],
  "tables": [$events,
    {"source": "$prices", "keys": ["store_id", "item_id"],
     "period": {"column": "wm_yr_wk", "source": "$calendar", "date": "date"},
     "covariates": [{"column": "sell_price", "role": "known", "kind": "numeric"}]}
  ]
}
JSON

sums > "$output/sums.csv"
first_of_sums=$(head -n 1 "$output/sums.csv" | cut -d, -f6)
cat > "$output/sums-schema.json" <<JSON
{
  "identity": "id",
  "steps": {"first": "$first_of_sums", "date": "$(day "${first_of_sums#d_}")"},
  "levels": ["dept_id", "cat_id", "store_id", "state_id"], "tables": [$events]
}
JSON

scripts/install-dependencies.sh
swift build -c release --product foresight
foresight=.build/release/foresight
prepare() { # TABLE SCHEMA LAST_DAY PANEL
  "$foresight" prepare "$1" --schema "$output/$2.json" --until "$(day "$3")" \
    --output "$output/$4.safetensors" --report "$output/$4.json"
}
prepare "$sales" schema "$last" panel
prepare "$output/sums.csv" sums-schema "$last" sums
"$foresight" forecast "$output/panel.safetensors" --sums "$output/sums.safetensors" --horizon 28 \
  --output "$output" --network lstm,mlp --ensemble 3 --baselines ridge --equal-weights "$@"

final=$(echo "$header" | tr -d '"\r' | sed 's/.*,d_//')
if [ "$final" -gt "$last" ]; then
  if [ "$final" -gt $((last + 28)) ]; then final=$((last + 28)); fi
  prepare "$sales" schema "$final" actual
  "$foresight" score "$output/next.csv" "$output/actual.safetensors" --price sell_price \
    --level state_id --level store_id --level cat_id --level dept_id --level state_id,cat_id \
    --level state_id,dept_id --level store_id,cat_id --level store_id,dept_id --level item_id \
    --level item_id,state_id --output "$output/scores.csv"
  echo "The scales come from the days in $data; with those from d_1 on, as in the competition, the WRMSSE"
  echo "of d_1886 to d_1913 is 6 % higher."
fi
