#!/usr/bin/env bash
# Analyzes the young households of Complete Journey: which categories, discounts, coupons, and
# campaigns raise their purchase rate.
#
#     Examples/CompleteJourney/run.sh DATA OUTPUT [OPTION ...]
#
# DATA    a directory with transactions, products, demographics, campaigns, campaign_descriptions, and
#         coupons, each as .csv or .csv.gz, of the R package completejourney (CC0): households of a
#         grocer in 2017, simulated on real patterns
# OUTPUT  a directory for rates.csv, strategies.csv, levers.csv, segments.json, and report.txt
# OPTION  options of `foresight segments`, such as --segment income='Under 15K'; the default segment
#         is age=19-24
set -euo pipefail

if [ $# -lt 2 ]; then sed -n '2,13s/^# \{0,1\}//p' "$0"; exit 64; fi
data=$(cd "$1" && pwd)
mkdir -p "$2"
output=$(cd "$2" && pwd)
shift 2
cd "$(dirname "$0")/../.."

file() { # a table, compressed or not
  for path in "$data/$1.csv.gz" "$data/$1.csv"; do
    if [ -f "$path" ]; then echo "$path"; return; fi
  done
  echo "run.sh: there is no $1.csv or $1.csv.gz in $data" >&2
  exit 66
}

segment=(--segment age=19-24)
for option in "$@"; do if [ "${option%%=*}" = --segment ]; then segment=(); fi; done

scripts/install-dependencies.sh
swift build -c release --product foresight
.build/release/foresight segments "$(file transactions)" \
  --id-column product_id --customer-column household_id --time-column transaction_timestamp \
  --quantity-column quantity --amount-column sales_value --discount-column retail_disc \
  --coupon-column coupon_disc,coupon_match_disc \
  --products "$(file products)" --category-column product_category \
  --customers "$(file demographics)" \
  --campaigns "$(file campaigns)" --campaign-periods "$(file campaign_descriptions)" \
  --coupons "$(file coupons)" --output "$output" \
  ${segment[@]+"${segment[@]}"} "$@" | tee "$output/report.txt"
