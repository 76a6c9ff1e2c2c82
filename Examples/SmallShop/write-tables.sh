#!/usr/bin/env bash
# Writes the tables of a small shop that does not exist, for the command reference.
#
#     Examples/SmallShop/write-tables.sh [DIRECTORY]
#
# daily.csv      sales of six items by day, with prices and promotions that are planned a week ahead
# stock.csv      the stock on hand and on order
# orders.csv     order lines of forty customers, with discounts
# customers.csv  their ages
#
# Sales fall with the price and double with promotions; young customers buy more when there is a
# discount. Pseudo-random numbers make the same tables everywhere.
set -euo pipefail

directory=${1:-.}
mkdir -p "$directory"
cd "$directory"

functions='
  # A pseudo-random number from 0 to 1 (Park & Miller 1988).
  function random() { state = (state * 16807) % 2147483647; return state / 2147483647 }
  # A number of a Poisson law.
  function poisson(mean,    count, product) {
    count = -1; product = 1
    while (product > exp(-mean)) { count++; product *= random() }
    return count
  }
  # The date of a day of 2024, counted from January 1 as 0, and of the year after.
  function date(day,    year, month, count) {
    year = 2024
    for (month = 1; ; month++) {
      if (month > 12) { month = 1; year++ }
      count = substr("312931303130313130313031", 2 * month - 1, 2) + 0
      if (month == 2 && year != 2024) count = 28
      if (day < count) return sprintf("%d-%02d-%02d", year, month, day + 1)
      day -= count
    }
  }'

awk "$functions"'
  BEGIN {
    state = 7
    split("tea coffee cocoa mug bowl plate", item)
    split("3.2 4.5 3.8 6 7.5 9", base)
    split("1 0.9 1.15 1", level)
    print "unique_id,ds,y,price,promotion,category"
    for (i = 1; i <= 6; i++) {
      for (day = 0; day < 147; day++) {
        factor = level[int(day / (12 + i)) % 4 + 1]
        promotion = (day * 5 + i * 3) % 17 < 2 ? 1 : 0
        mean = (6 + 3 * i) * factor ^ -1.5 * (1 + promotion) * (day % 7 > 4 ? 1.6 : 1)
        units = day < 140 ? poisson(mean) : ""
        printf "%s,%s,%s,%.2f,%d,%s\n", item[i], date(day), units, base[i] * factor, promotion,
          i <= 3 ? "drinks" : "dishes"
      }
    }
  }' > daily.csv

cat > stock.csv <<TABLE
unique_id,on_hand,on_order
tea,60,0
coffee,20,100
cocoa,150,0
mug,90,24
bowl,300,0
plate,110,0
TABLE

awk "$functions"'
  BEGIN {
    state = 11
    split("tea coffee cocoa mug bowl plate", item)
    print "customer,item,day,units,paid,discount"
    for (week = 0; week < 30; week++) {
      for (i = 1; i <= 6; i++) {
        off = (week * 5 + i * 3) % 7 < 2 ? 0.2 : 0
        for (customer = 0; customer < 40; customer++) {
          chance = 0.08 + 0.1 * ((customer * 7 + i) % 5 == 0)
          if (off > 0) chance += customer < 20 ? 0.15 : 0.02
          if (random() >= chance) continue
          price = 2 + i
          printf "c%d,%s,%s,1,%.2f,%.2f\n", customer, item[i], date(7 * week + int(7 * random())),
            price * (1 - off), price * off
        }
      }
    }
  }' > orders.csv

awk 'BEGIN {
  print "customer,age"
  for (customer = 0; customer < 40; customer++) {
    print "c" customer "," (customer < 20 ? "19-24" : "45-54")
  }
}' > customers.csv
