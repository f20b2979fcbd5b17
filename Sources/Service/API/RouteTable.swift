/// Everything that is served, and what the description of the API is made from.
enum RouteTable {
  static let routes: [Route] =
    WorkflowRoutes.routes + TriggerRoutes.routes + RunRoutes.routes + ActionRoutes.routes
    + EventRoutes.routes + ConnectionRoutes.routes + GateRoutes.routes + AccessRoutes.routes
    + SystemRoutes.routes + PageRoutes.routes
}
