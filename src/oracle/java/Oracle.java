import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkSubmit;
import org.apache.spark.deploy.k8s.KubernetesConf$;
import org.apache.spark.deploy.k8s.KubernetesDriverConf;
import org.apache.spark.deploy.k8s.KubernetesDriverSpec;
import org.apache.spark.deploy.k8s.SparkPod;
import org.apache.spark.deploy.k8s.submit.ClientArguments;
import org.apache.spark.deploy.k8s.submit.ClientArguments$;
import org.apache.spark.deploy.k8s.submit.KubernetesDriverBuilder;
import org.apache.spark.resource.ResourceProfile$;
import org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBuilder;
import scala.Option;
import scala.Tuple2;
import scala.Tuple4;
import scala.collection.Iterator;
import scala.collection.immutable.Map;

/**
 * What Spark itself would create. Reads cases, one JSON object a line, runs each through Spark's
 * own spark-submit and driver builder, and prints the objects, one JSON object a line; nothing is
 * sent anywhere. With {@code bench SECONDS} as arguments it builds its cases over and over instead
 * and prints how fast. One source for all versions of Spark from 3.0 on, so it uses nothing of
 * Scala's collections but their iterators, and {@link #call} for what differs.
 */
public final class Oracle {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;
  private final Path directory;

  private Oracle(KubernetesClient client, Path directory) {
    this.client = client;
    this.directory = directory;
  }

  public static void main(String[] args) throws Exception {
    PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out));
    System.setOut(System.err);
    Path directory = Files.createTempDirectory("oracle");
    try (KubernetesClient client = client()) {
      Oracle oracle = new Oracle(client, directory);
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      if (args.length == 2) {
        oracle.bench(cases(in), Integer.parseInt(args[1]), out);
      }
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(JSON.writeValueAsString(oracle.answer(JSON.readTree(line))));
        out.flush();
      }
    }
    out.flush();
    // Spark leaves threads behind that are no daemons.
    System.exit(0);
  }

  private static KubernetesClient client() throws Exception {
    try {
      Object builder =
          Class.forName("io.fabric8.kubernetes.client.KubernetesClientBuilder")
              .getConstructor()
              .newInstance();
      return cast(call(builder, "build"));
    } catch (ClassNotFoundException e) {
      // Before version 6 of the client, which came with Spark 3.4.
      return (KubernetesClient)
          Class.forName("io.fabric8.kubernetes.client.DefaultKubernetesClient")
              .getConstructor()
              .newInstance();
    }
  }

  private static List<JsonNode> cases(BufferedReader in) throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      cases.add(JSON.readTree(line));
    }
    return cases;
  }

  private ObjectNode answer(JsonNode one) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("name", one.get("name").asText());
    try {
      if (one.hasNonNull("properties")) {
        answer.set("executor", JSON.<JsonNode>valueToTree(executor(one)));
        return answer;
      }
      KubernetesDriverConf conf = conf(one);
      String configMap = configMapName(conf);
      ArrayNode objects = answer.putArray("objects");
      for (HasMetadata object : objects(conf, configMap)) {
        objects.add(JSON.<JsonNode>valueToTree(object));
      }
      answer.put("configMap", configMap);
    } catch (Throwable e) {
      answer.remove("objects");
      answer.put(
          "refused",
          e instanceof IllegalStateException && e.getCause() != null
              ? e.getCause().toString()
              : e.toString());
    }
    return answer;
  }

  /** The first executor that a driver with these properties would create. */
  private Pod executor(JsonNode one) throws IOException {
    SparkConf conf = new SparkConf(false);
    one.get("properties")
        .fields()
        .forEachRemaining(e -> conf.set(e.getKey(), e.getValue().asText()));
    List<String> template = new ArrayList<>();
    template(one, "executor", template);
    conf.set("spark.kubernetes.executor.podTemplateFile", template.get(1).split("=", 2)[1]);
    conf.set("spark.driver.bindAddress", "10.0.0.1");
    SecurityManager security =
        new SecurityManager(
            conf,
            Option.empty(),
            org.apache.spark.internal.config.package$.MODULE$.AUTH_SECRET_FILE());
    security.initializeAuth();
    Object executorConf =
        call(
            KubernetesConf$.MODULE$,
            "createExecutorConf",
            conf,
            "1",
            conf.get("spark.app.id"),
            Option.empty(),
            0);
    Object built =
        call(
            new KubernetesExecutorBuilder(),
            "buildFromFeatures",
            executorConf,
            security,
            client,
            ResourceProfile$.MODULE$.getOrCreateDefaultProfile(conf));
    SparkPod pod = built instanceof SparkPod ? (SparkPod) built : cast(call(built, "pod"));
    ResourceProfile$.MODULE$.clearDefaultProfile();
    return new PodBuilder(pod.pod()).editSpec().addToContainers(pod.container()).endSpec().build();
  }

  /** What spark-submit makes of its arguments. */
  private KubernetesDriverConf conf(JsonNode one) throws IOException {
    SparkSubmit submit = new SparkSubmit();
    Tuple4<?, ?, SparkConf, String> prepared =
        cast(
            submit.prepareSubmitEnvironment(submit.parseArguments(arguments(one)), Option.empty()));
    List<String> child = new ArrayList<>();
    Iterator<?> given = ((scala.collection.Seq<?>) prepared._1()).iterator();
    while (given.hasNext()) {
      child.add(given.next().toString());
    }
    ClientArguments client =
        ClientArguments$.MODULE$.fromCommandLineArgs(child.toArray(new String[0]));
    return cast(
        call(
            KubernetesConf$.MODULE$,
            "createDriverConf",
            prepared._3(),
            one.get("applicationId").asText(),
            client.mainAppResource(),
            client.mainClass(),
            client.driverArgs(),
            proxyUser(client)));
  }

  private String[] arguments(JsonNode one) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--deploy-mode", "cluster"));
    if (one.hasNonNull("mainClass")) {
      arguments.addAll(List.of("--class", one.get("mainClass").asText()));
    }
    if (one.hasNonNull("proxyUser")) {
      arguments.addAll(List.of("--proxy-user", one.get("proxyUser").asText()));
    }
    one.get("conf")
        .fields()
        .forEachRemaining(
            e -> arguments.addAll(List.of("--conf", e.getKey() + "=" + e.getValue().asText())));
    template(one, "driver", arguments);
    template(one, "executor", arguments);
    arguments.addAll(
        List.of(
            "--conf", "spark.kubernetes.driver.resourceNamePrefix=" + one.get("prefix").asText()));
    arguments.add(one.get("resource").asText());
    one.get("arguments").forEach(a -> arguments.add(a.asText()));
    return arguments.toArray(new String[0]);
  }

  private void template(JsonNode one, String role, List<String> arguments) throws IOException {
    if (one.hasNonNull(role + "Template")) {
      Path file = Files.createTempFile(directory, role, ".yaml");
      Files.writeString(file, one.get(role + "Template").asText());
      arguments.addAll(List.of("--conf", "spark.kubernetes." + role + ".podTemplateFile=" + file));
    }
  }

  /** Spark 3.0 has none. */
  private static Object proxyUser(ClientArguments client) {
    return isSpark30() ? Option.empty() : call(client, "proxyUser");
  }

  private static Object clientUtils() {
    try {
      return Class.forName("org.apache.spark.deploy.k8s.submit.KubernetesClientUtils$")
          .getField("MODULE$")
          .get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isSpark30() {
    return org.apache.spark.package$.MODULE$.SPARK_VERSION().startsWith("3.0.");
  }

  private static String configMapName(KubernetesDriverConf conf) {
    return isSpark30()
        ? conf.resourceNamePrefix() + "-driver-conf-map"
        : cast(call(clientUtils(), "configMapNameDriver"));
  }

  /** What Client.run sends: its own part cannot be called without a cluster, and is small. */
  private List<HasMetadata> objects(KubernetesDriverConf conf, String configMap) {
    KubernetesDriverSpec spec = new KubernetesDriverBuilder().buildFromFeatures(conf, client);
    String volume = isSpark30() ? "spark-conf-volume" : "spark-conf-volume-driver";
    java.util.Map<String, String> files = new java.util.TreeMap<>();
    List<KeyToPath> items = new ArrayList<>();
    if (isSpark30()) {
      files.put("spark.properties", properties(spec.systemProperties()));
    } else {
      Map<String, String> built =
          cast(
              call(
                  clientUtils(),
                  "buildSparkConfDirFilesMap",
                  configMap,
                  conf.sparkConf(),
                  spec.systemProperties()));
      files.putAll(asJava(built));
      scala.collection.Iterable<KeyToPath> paths =
          cast(call(clientUtils(), "buildKeyToPathObjects", built));
      each(paths.iterator(), items);
      files.put("spark.kubernetes.namespace", conf.namespace());
    }
    Pod pod =
        new PodBuilder(spec.pod().pod())
            .editSpec()
            .addToContainers(
                new ContainerBuilder(spec.pod().container())
                    .addNewEnv()
                    .withName("SPARK_CONF_DIR")
                    .withValue("/opt/spark/conf")
                    .endEnv()
                    .addNewVolumeMount()
                    .withName(volume)
                    .withMountPath("/opt/spark/conf")
                    .endVolumeMount()
                    .build())
            .addNewVolume()
            .withName(volume)
            .withNewConfigMap()
            .withItems(items)
            .withName(configMap)
            .endConfigMap()
            .endVolume()
            .endSpec()
            .build();
    List<HasMetadata> objects = new ArrayList<>(List.of(pod));
    if (Arrays.stream(spec.getClass().getMethods())
        .anyMatch(m -> m.getName().equals("driverPreKubernetesResources"))) {
      scala.collection.Seq<HasMetadata> first = cast(call(spec, "driverPreKubernetesResources"));
      each(first.iterator(), objects);
    }
    each(spec.driverKubernetesResources().iterator(), objects);
    objects.add(configMap(conf, configMap, files));
    return objects;
  }

  private static String properties(Map<String, String> from) {
    Properties properties = new Properties();
    properties.putAll(asJava(from));
    StringWriter file = new StringWriter();
    try {
      properties.store(file, null);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return file.toString();
  }

  private static java.util.Map<String, String> asJava(Map<String, String> from) {
    java.util.Map<String, String> to = new java.util.TreeMap<>();
    Iterator<Tuple2<String, String>> entries = from.iterator();
    while (entries.hasNext()) {
      Tuple2<String, String> entry = entries.next();
      to.put(entry._1(), entry._2());
    }
    return to;
  }

  private static ConfigMap configMap(
      KubernetesDriverConf conf, String name, java.util.Map<String, String> data) {
    ConfigMapBuilder map =
        new ConfigMapBuilder().withNewMetadata().withName(name).endMetadata().addToData(data);
    return isSpark30()
        ? map.build()
        : map.editMetadata()
            .withNamespace(conf.namespace())
            .endMetadata()
            .withImmutable(true)
            .build();
  }

  private void bench(List<JsonNode> cases, int seconds, PrintStream out) throws Exception {
    List<KubernetesDriverConf> confs = new ArrayList<>();
    for (JsonNode one : cases) {
      confs.add(conf(one));
    }
    String configMap = configMapName(confs.get(0));
    run(confs, configMap, seconds);
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long bytes = threads.getCurrentThreadAllocatedBytes();
    long start = threads.getCurrentThreadCpuTime();
    long builds = run(confs, configMap, seconds);
    double passed = (threads.getCurrentThreadCpuTime() - start) / 1e9;
    bytes = threads.getCurrentThreadAllocatedBytes() - bytes;
    out.println("{\"builds\":" + builds + ",\"seconds\":" + passed + ",\"bytes\":" + bytes + "}");
  }

  private long run(List<KubernetesDriverConf> confs, String configMap, int seconds) {
    java.lang.management.ThreadMXBean threads =
        java.lang.management.ManagementFactory.getThreadMXBean();
    long builds = 0;
    long end = threads.getCurrentThreadCpuTime() + seconds * 1_000_000_000L;
    while (threads.getCurrentThreadCpuTime() < end) {
      for (KubernetesDriverConf conf : confs) {
        objects(conf, configMap);
        builds++;
      }
    }
    return builds;
  }

  /** Calls the method of that name with as many of the arguments as it takes in this version. */
  private static Object call(Object target, String name, Object... arguments) {
    Method method =
        Arrays.stream(target.getClass().getMethods())
            .filter(m -> m.getName().equals(name) && m.getParameterCount() <= arguments.length)
            .filter(m -> !m.isBridge())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no " + name + " in " + target));
    try {
      return method.invoke(target, Arrays.copyOf(arguments, method.getParameterCount()));
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> void each(Iterator<? extends T> from, List<T> to) {
    while (from.hasNext()) {
      to.add(from.next());
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> T cast(Object value) {
    return (T) value;
  }
}
