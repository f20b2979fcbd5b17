package import Runtime

/// What the service works with.
package struct ServiceParts: Sendable {
  package var environment: Environment
  package var worker: Worker
  package var catalog: FlowCatalog
  package var connections: Connections
  /// Takes in triggers that are fired by hand.
  package var intake: any TriggerIntake
  /// Brings cancellations to runs.
  package var delivery: any RunDelivery
  package var triggers: any TriggerControl
  /// `nil` when runs cannot be replayed.
  package var resubmission: (any RunResubmission)?
  /// `nil` when triggers cannot be called from outside.
  package var addresses: (any CallbackAddressing)?
  /// `nil` when nothing calls back.
  package var receiver: CallbackReceiver?
  /// `nil` when flows cannot be changed here.
  package var files: (any FlowFiles)?
  package var reports: ServiceReports

  package init(
    environment: Environment,
    worker: Worker,
    catalog: FlowCatalog,
    connections: Connections,
    intake: any TriggerIntake,
    delivery: any RunDelivery,
    triggers: any TriggerControl,
    resubmission: (any RunResubmission)? = nil,
    addresses: (any CallbackAddressing)? = nil,
    receiver: CallbackReceiver? = nil,
    files: (any FlowFiles)? = nil,
    reports: ServiceReports = ServiceReports()
  ) {
    self.environment = environment
    self.worker = worker
    self.catalog = catalog
    self.connections = connections
    self.intake = intake
    self.delivery = delivery
    self.triggers = triggers
    self.resubmission = resubmission
    self.addresses = addresses
    self.receiver = receiver
    self.files = files
    self.reports = reports
  }
}
