package io.firesteel.local.kubelet;

import io.firesteel.local.kubelet.config.SparkInstallation;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An API server and a small node without Spark, shared by the tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SingleNodeFixture {

  KubeletFixture cluster;

  @BeforeAll
  void start(@TempDir Path folder) {
    var noSpark =
        new SparkInstallation(Path.of("/nowhere"), folder, "", List.of(), List.of(), false);
    cluster =
        new KubeletFixture(
            folder,
            noSpark,
            options ->
                options
                    .withCapacity(BigDecimal.valueOf(8), 4L << 30)
                    .withBackOff(Duration.ofMillis(300)));
  }

  @AfterAll
  void stop() {
    cluster.close();
  }
}
