import Definitions

/// How the results of another run come into this one.
extension RunState {
  mutating func applyCarriedOver(_ event: RunEvent.CarriedOver) {
    carriedFrom = event.run
    carried = event.results
  }

  mutating func applyActionCarried(_ event: RunEvent.ActionCarried) {
    let address = event.address
    ready.removeFirst(if: .start(address))
    guard let action = action(at: address), instances[address] == nil,
      var instance = carried.removeValue(forKey: address)
    else { return }
    instance.isCarried = true
    secrets.add(instance.secrecy, outputs: instance.outputs, of: address.action)
    store(instance, at: address)
    actionEnded(action, address, wasStarted: false, at: event.time)
  }
}
