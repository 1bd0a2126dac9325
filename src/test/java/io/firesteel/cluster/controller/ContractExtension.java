package io.firesteel.cluster.controller;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the tests of a class the one cluster that they share, and drivers for it. What it opens is
 * closed after the last of them.
 */
final class ContractExtension implements BeforeAllCallback, ParameterResolver {

  private static final Set<Class<?>> GIVEN = Set.of(ContractCluster.class, ContractDrivers.class);

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    // The store closes the last first, and the place too if there comes to be no cluster.
    var store = store(context);
    ContractTarget place = ContractTarget.find();
    store.put(ContractTarget.class, place);
    ContractCluster cluster = new ContractCluster(place.kubeconfig());
    store.put(ContractCluster.class, cluster);
    store.put(ContractDrivers.class, new ContractDrivers(cluster.namespace(), place.image()));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return GIVEN.contains(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Objects.requireNonNull(store(context).get(parameter.getParameter().getType()));
  }

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getStore(ExtensionContext.Namespace.create(ContractExtension.class));
  }
}
