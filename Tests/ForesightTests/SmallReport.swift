/// Tables for a page of `foresight report` about `SalesTable`, with a name that would be markup.
enum SmallReport {
  static let next = "unique_id,ds,M\na,2024-03-31,2\nb,2024-03-31,3\nc,2024-03-31,5\n"

  static let advice = """
    unique_id,expected_demand,safety_stock,order_up_to,reorder_point,on_hand,on_order,order
    a,7.5,1.5,9,4,3,0,6
    b,5,1,6,2,,,

    """

  static let explanation = """
    {"model": "LSTM", "error": 0.25,
     "basis": {"windows": 12, "series": 3, "first": "2024-01-30", "last": "2024-03-01",
               "areHeldOut": true},
     "groups": [{"name": "past sales", "group": "past sales", "increase": 0.1,
                 "standardError": 0.01}],
     "inputs": [{"name": "past <sales>", "group": "past sales", "increase": 0.1,
                 "standardError": 0.01}],
     "effects": [],
     "tree": {"fidelity": {"r2": 0.5, "count": 7}, "nodes": [
       {"mean": 1, "count": 9, "split": {"feature": "step", "isFlag": false, "threshold": 2.5,
                                         "lower": 1, "upper": 2}},
       {"mean": 0.5, "count": 4}, {"mean": 1.5, "count": 5}]}}

    """
}
