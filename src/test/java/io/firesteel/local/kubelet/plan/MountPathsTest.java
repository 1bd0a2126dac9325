package io.firesteel.local.kubelet.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountPathsTest {

  private final MountPaths paths =
      new MountPaths(
          Map.of(
              "/opt/spark/jars",
              Path.of("/J"),
              "/data",
              Path.of("/D"),
              "/data/deep/",
              Path.of("/DEEP")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/data|/D",
        "/data/|/D/",
        "/data/a.csv|/D/a.csv",
        "/data/deep/a|/DEEP/a",
        "/data/deeper/a|/D/deeper/a",
        "/database/a|/database/a",
        "/data.old|/data.old",
        "/my/data/a|/my/data/a",
        "-Dx=/data/a|-Dx=/D/a",
        "/data/a:/data/b,/opt/spark/jars/c.jar|/D/a:/D/b,/J/c.jar",
        "local:///opt/spark/jars/a.jar|local:///J/a.jar",
        "file:/data/a|file:/D/a",
        "file:///data/a|file:///D/a",
        "hdfs:///data/a|hdfs:///data/a",
        "s3a://bucket/data/a|s3a://bucket/data/a",
        "https://data/a|https://data/a",
        "http://host:80/data/a|http://host:80/data/a",
      })
  void writesTheRealPathWhereAMountedOneStands(String before, String after) {
    assertThat(paths.rewrite(before)).isEqualTo(after);
  }

  @Property
  void keepsTextWithoutAMountedPath(@ForAll @AlphaChars @Chars({':', ',', ' ', '='}) String text) {
    assertThat(paths.rewrite(text)).isEqualTo(text);
  }
}
