package io.firesteel.cluster.controller;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the tests of a class the one cluster that they share, and drivers for it. What it opens is
 * closed after the last of them. Tells each test's start and end if the cluster is a given one.
 */
final class ContractExtension
    implements BeforeAllCallback,
        BeforeTestExecutionCallback,
        AfterTestExecutionCallback,
        ParameterResolver {

  private static final String STARTED = "started";
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
    tell(
        context,
        "%s in the namespace %s with the image %s",
        context.getDisplayName(),
        cluster.namespace(),
        place.image());
  }

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    store(context).put(STARTED, System.nanoTime());
    tell(context, "  ...  %s", name(context));
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    Object started = Objects.requireNonNull(store(context).get(STARTED));
    double seconds = (System.nanoTime() - (Long) started) / 1e9;
    Throwable failure = context.getExecutionException().orElse(null);
    if (failure == null) {
      tell(context, "  ok   %s, %.1f s", name(context), seconds);
    } else {
      tell(
          context,
          "  FAIL %s, %.1f s: %s",
          name(context),
          seconds,
          String.valueOf(failure.getMessage()));
    }
  }

  /** {@code aPodStarts()} is "a pod starts"; a case of a test follows it. */
  private static String name(ExtensionContext context) {
    String method = context.getRequiredTestMethod().getName();
    String words = method.replaceAll("(\\p{Lu})", " $1").toLowerCase(Locale.ROOT);
    return context.getDisplayName().startsWith(method)
        ? words
        : words + " " + context.getDisplayName();
  }

  private static void tell(ExtensionContext context, String format, Object... values) {
    ContractTarget target = store(context).get(ContractTarget.class, ContractTarget.class);
    if (target != null && target.laptop() == null) {
      System.out.println("contract: " + format.formatted(values));
    }
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
