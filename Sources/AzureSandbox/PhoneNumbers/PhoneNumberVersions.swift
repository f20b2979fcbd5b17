/// The versions of the phone number services.
enum PhoneNumberVersions {
  /// Source: Azure Communication fact sheet, sections 1.2 and 5; what the official clients offer.
  static let all = [
    "2021-03-07", "2022-01-11-preview2", "2022-12-01", "2023-05-01-preview",
    "2024-03-01-preview", "2025-02-11", "2025-04-01", "2025-06-01",
  ]
  /// Those with reservations.
  static let withReservations = ["2025-04-01", "2025-06-01"]
}
