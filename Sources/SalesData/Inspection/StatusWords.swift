import Foundation

/// The names of status columns in the exports of common shop systems, and the words that they
/// contain.
///
/// Words are compared by their stems, ignoring letter case, accents, and separators, in English,
/// German, French, Spanish, Portuguese, Italian, Dutch, Polish, Swedish, Turkish, Russian,
/// Japanese, and Chinese.
enum StatusWords {
  /// The names of status columns in the form of ``IdentityNames/plain(_:)``, from Shopify,
  /// WooCommerce, Magento, Amazon, Etsy, eBay, Square, Stripe, PayPal, and others.
  static let names: Set<String> = [
    "status", "state", "orderstatus", "orderstate", "financialstatus", "fulfillmentstatus",
    "fulfilmentstatus", "paymentstatus", "transactionstatus", "shippingstatus", "shipmentstatus",
    "deliverystatus", "itemstatus", "lineitemstatus", "lineitemfulfillmentstatus", "salesstatus",
    "salestatus", "currentstate", "currentstatus", "checkoutstatus", "eventtype",
    "transactiontype", "type", "ordertype", "bestellstatus", "auftragsstatus", "zahlungsstatus",
    "zahlstatus", "versandstatus", "lieferstatus", "statut", "statutcommande", "statutpaiement",
    "etat", "etatcommande", "etatdelacommande", "estado", "estadopedido", "estadodelpedido",
    "estadodepago", "situacao", "statuspedido", "statusdopedido", "stato", "statoordine",
    "statopagamento", "bestelstatus", "betaalstatus", "orderstatusnaam", "statuszamowienia",
    "statusplatnosci", "orderstatusnamn", "tilaus", "durum", "siparisdurumu", "статус",
    "статусзаказа", "ステータス", "注文ステータス", "状态", "订单状态", "訂單狀態",
  ]

  /// The names of columns with the time at which an order was canceled or refunded, which are empty
  /// for other orders.
  static let timesOfCancellation: Set<String> = [
    "cancelledat", "canceledat", "cancelledon", "canceledon", "cancelleddate", "canceleddate",
    "datecancelled", "datecanceled", "cancellationdate", "cancelationdate", "cancellationtime",
    "refundedat", "refundedon", "voidedat", "storniertam", "stornodatum", "annulele",
    "dateannulation", "datedannulation", "fechacancelacion", "canceladoel", "dataannullamento",
    "annuleringsdatum",
  ]

  /// The names of columns with a yes or no value.
  static let flags: Set<String> = [
    "cancelled", "canceled", "iscancelled", "iscanceled", "refunded", "isrefunded", "voided",
    "isvoid", "isvoided", "returned", "isreturned", "istest", "test", "storniert", "storno",
    "annule", "anulado", "cancelado", "annullato", "geannuleerd",
  ]

  /// Returns the meaning of a yes or no value, or `nil` if it is neither.
  static func meaning(ofFlag text: String) -> StatusColumn.Meaning? {
    switch stem(text) {
    case "true", "yes", "y", "1", "t", "ja", "j", "oui", "si", "sim", "x", "wahr", "vrai":
      .noSale
    case "false", "no", "n", "0", "f", "nein", "non", "nao", "nee", "falsch", "faux": .sale
    default: nil
    }
  }

  /// Returns the probable meaning of a status, or `nil` if it contains no known word.
  static func meaning(of text: String) -> StatusColumn.Meaning? {
    let text = stem(text)
    func has(_ stems: [String]) -> Bool { stems.contains { text.contains($0) } }
    // The rest of a partially canceled order remains sold.
    if has(partial) { return .sale }
    if has(noSale) { return .noSale }
    if has(open) { return .open }
    return has(sale) ? .sale : nil
  }

  /// Returns a text without letter case, accents, and characters other than letters and digits.
  private static func stem(_ text: String) -> String {
    let plain = text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
    return plain.replacing("ł", with: "l").filter { $0.isLetter || $0.isNumber }
  }

  private static let partial = ["partial", "teilweise", "partiel", "parcial", "parziale"]

  private static let noSale = [
    "void", "refund", "cancel", "fail", "declin", "denied", "reject", "expire", "abandon", "trash",
    "fraud", "chargeback", "revers", "returned", "closedunpaid", "lostintransit", "uncollect",
    "storn", "annul", "erstatt", "widerruf", "zuruckgeschickt", "retour", "fehlgeschlagen",
    "abgelehnt", "abgelaufen", "abgebrochen", "rembours", "rembolso", "reembols", "echou", "refus",
    "anulad", "devuel", "devol", "rechaz", "fallid", "rimbors", "rifiut", "restituit", "fallit",
    "terugbetaal", "mislukt", "geweigerd", "anulow", "zwroc", "zwrot", "odrzuc", "avbrut",
    "aterbetal", "iptal", "iade", "отмен", "возвр", "キャンセル", "返金", "取消", "退款",
  ]

  private static let open = [
    "pending", "onhold", "unpaid", "notpaid", "await", "draft", "quote", "requirespayment",
    "incomplete", "unbezahlt", "ausstehend", "zahlungoffen", "entwurf", "enattente", "impaye",
    "pendient", "pendente", "inattesa", "openstaand", "inafwachting", "oczekuj", "nieoplac",
    "obetald", "beklemede", "ожида", "未払", "未付款", "待付款",
  ]

  private static let sale = [
    "paid", "complet", "process", "shipped", "deliver", "fulfilled", "succe", "captured",
    "authoriz", "authoris", "settled", "closed", "confirm", "dispatched", "payment", "charge",
    "sale", "order", "bezahlt", "abgeschlossen", "erledigt", "bearbeitung", "versandt",
    "versendet", "verschickt", "geliefert", "zugestellt", "paye", "termine", "expedi", "livre",
    "pagad", "enviad", "entregad", "finaliz", "pago", "pagat", "spedit", "consegnat", "betaald",
    "verzonden", "geleverd", "afgerond", "oplacon", "wyslan", "dostarcz", "zrealiz", "betald",
    "skickad", "levererad", "odendi", "kargo", "teslim", "tamam", "оплач", "отправ", "доставл",
    "выполн", "支払済", "発送", "完了", "已付款", "已发货", "已完成", "完成",
  ]
}
