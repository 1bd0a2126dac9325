package io.firesteel.driver.operator;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import io.firesteel.driver.submit.DriverDraft;
import io.firesteel.driver.submit.DriverNames;
import io.firesteel.driver.submit.PodLabels;
import io.firesteel.inbox.DesiredDriver;
import io.firesteel.spec.DriverIngressConfiguration;
import io.firesteel.spec.SparkApplicationSpec;
import io.firesteel.spec.SparkUiConfiguration;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code sparkUIOptions} and {@code driverIngressOptions}: Services and Ingresses of the driver.
 * After the operator's {@code web_ui.go} and {@code driveringress.go}. The operator configures the
 * address of the UI globally; here it is {@code /<namespace>/<prefix>} at the hosts of {@code
 * ingressTLS}, or at any host.
 */
public final class DriverIngresses {

  private static final String REWRITE = "nginx.ingress.kubernetes.io/rewrite-target";

  private final DesiredDriver driver;
  private final DriverNames names;
  private final DriverDraft draft;

  private DriverIngresses(DesiredDriver driver, DriverNames names, DriverDraft draft) {
    this.driver = driver;
    this.names = names;
    this.draft = draft;
  }

  /** Configures the path of the UI behind its Ingress. */
  static void conf(
      SparkApplicationSpec spec,
      DesiredDriver driver,
      DriverNames names,
      Map<String, String> conf) {
    if (spec.sparkUIOptions() instanceof SparkUiConfiguration ui && wantsIngress(ui)) {
      conf.putIfAbsent("spark.ui.proxyBase", path(driver, names));
      conf.putIfAbsent("spark.ui.proxyRedirectUri", "/");
    }
  }

  /** Adds the Services and Ingresses that the spec asks for. */
  public static void objects(
      SparkApplicationSpec spec, DesiredDriver driver, DriverNames names, DriverDraft draft) {
    var ingresses = new DriverIngresses(driver, names, draft);
    if (spec.sparkUIOptions() instanceof SparkUiConfiguration ui) {
      ingresses.ui(ui);
    }
    spec.driverIngressOptions().forEach(ingresses::ingress);
  }

  private static boolean wantsIngress(SparkUiConfiguration ui) {
    return !ui.ingressAnnotations().isEmpty() || !ui.ingressTLS().isEmpty();
  }

  private static String path(DesiredDriver driver, DriverNames names) {
    return "/" + driver.placement().namespace() + "/" + names.prefix();
  }

  private void ui(SparkUiConfiguration ui) {
    String name = names.prefix() + "-ui-svc";
    int target = port(draft.properties().getOrDefault("spark.ui.port", "4040"));
    int port = ui.servicePort() == null ? target : ui.servicePort();
    var service = new ServiceTarget(name, port, target, ui.serviceType());
    String portName = ui.servicePortName() == null ? "spark-driver-ui-port" : ui.servicePortName();
    addService(service, portName, ui.serviceLabels(), ui.serviceAnnotations());
    if (wantsIngress(ui)) {
      List<String> hosts =
          ui.ingressTLS().stream().flatMap(tls -> tls.getHosts().stream()).distinct().toList();
      draft
          .owned()
          .add(
              ingress(
                  names.prefix() + "-ui-ingress",
                  service,
                  new IngressAddress(hosts, path(driver, names)),
                  ui.ingressAnnotations(),
                  ui.ingressTLS()));
    }
  }

  private static int port(String value) {
    return value.matches("\\d{1,5}") ? Integer.parseInt(value) : 4040;
  }

  private void ingress(DriverIngressConfiguration given) {
    int port = given.servicePort();
    var service =
        new ServiceTarget(names.prefix() + "-driver-" + port, port, port, given.serviceType());
    addService(service, given.servicePortName(), given.serviceLabels(), given.serviceAnnotations());
    IngressAddress address = address(given.ingressURLFormat());
    if (address == null) {
      draft
          .errors()
          .add("/driverIngressOptions", "has an invalid ingressURLFormat", "give host/path");
    } else {
      String name = names.prefix() + "-ing-" + port;
      draft
          .owned()
          .add(ingress(name, service, address, given.ingressAnnotations(), given.ingressTLS()));
    }
  }

  private @Nullable IngressAddress address(@Nullable String format) {
    if (format == null) {
      return null;
    }
    String url =
        format
            .replaceAll("\\{\\{\\s*\\$appName\\s*}}", names.prefix())
            .replaceAll("\\{\\{\\s*\\$appNamespace\\s*}}", driver.placement().namespace())
            .replaceAll("\\{\\{\\s*\\$appId\\s*}}", names.applicationId());
    try {
      URI uri = URI.create(url.contains("://") ? url : "http://" + url);
      String path = uri.getPath() == null ? "" : uri.getPath();
      return uri.getHost() == null ? null : new IngressAddress(List.of(uri.getHost()), path);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /** The Service that an Ingress routes to. */
  private record ServiceTarget(String name, int port, int target, @Nullable String type) {}

  /** Where an Ingress answers; no hosts means any. */
  private record IngressAddress(List<String> hosts, String path) {}

  private void addService(
      ServiceTarget service,
      String portName,
      Map<String, String> labels,
      Map<String, String> annotations) {
    var built =
        new ServiceBuilder()
            .withNewMetadata()
            .withName(service.name())
            .withLabels(new TreeMap<>(labels))
            .withAnnotations(new TreeMap<>(annotations))
            .endMetadata()
            .withNewSpec()
            .withType(service.type() == null ? "ClusterIP" : service.type())
            .withSelector(selector(names))
            .addNewPort()
            .withName(portName)
            .withPort(service.port())
            .withTargetPort(new IntOrString(service.target()))
            .endPort()
            .endSpec()
            .build();
    draft.owned().add(built);
  }

  /** The labels that select the driver of an attempt, and no other pod. */
  static Map<String, String> selector(DriverNames names) {
    return new TreeMap<>(
        Map.of(
            PodLabels.SPARK_ROLE, "driver", PodLabels.SPARK_APP_SELECTOR, names.applicationId()));
  }

  private static Ingress ingress(
      String name,
      ServiceTarget service,
      IngressAddress address,
      Map<String, String> annotations,
      List<IngressTLS> tls) {
    boolean below = !address.path().isEmpty() && !address.path().equals("/");
    var all = new TreeMap<>(annotations);
    if (below) {
      all.put(REWRITE, "/$2");
    }
    List<@Nullable String> hosts =
        address.hosts().isEmpty() ? Collections.singletonList(null) : List.copyOf(address.hosts());
    String path = below ? address.path() + "(/|$)(.*)" : address.path();
    return new IngressBuilder()
        .withNewMetadata()
        .withName(name)
        .withAnnotations(all)
        .endMetadata()
        .withNewSpec()
        .withTls(tls)
        .withRules(hosts.stream().map(host -> rule(host, path, service)).toList())
        .endSpec()
        .build();
  }

  private static IngressRule rule(@Nullable String host, String path, ServiceTarget service) {
    return new IngressRuleBuilder()
        .withHost(host)
        .withNewHttp()
        .addNewPath()
        .withPath(path)
        .withPathType("ImplementationSpecific")
        .withNewBackend()
        .withNewService()
        .withName(service.name())
        .withNewPort()
        .withNumber(service.port())
        .endPort()
        .endService()
        .endBackend()
        .endPath()
        .endHttp()
        .build();
  }
}
