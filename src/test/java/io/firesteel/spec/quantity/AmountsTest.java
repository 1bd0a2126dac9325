package io.firesteel.spec.quantity;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {

  @ParameterizedTest
  @CsvSource({
    "2, 2",
    "+2, 2",
    "-2, -2",
    "0.5, 0.5",
    "5., 5",
    ".5, 0.5",
    "500m, 0.5",
    "7u, 0.000007",
    "9n, 0.000000009",
    "1k, 1000",
    "1Ki, 1024",
    "2Mi, 2097152",
    "1.5Gi, 1610612736",
    "1G, 1000000000",
    "1E, 1000000000000000000",
    "1e3, 1000",
    "1E+3, 1000",
    "5e-1, 0.5",
  })
  void readsAQuantityOfKubernetes(String text, BigDecimal amount) {
    assertThat(Quantities.parse(text).orElseThrow()).isEqualByComparingTo(amount);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " 1", "1 Gi", "lots", "1g", "1gi", "1KI", "٣", "1e9999", "0x1", "--1"})
  void refusesWhatKubernetesRefuses(String text) {
    assertThat(Quantities.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "512, 536870912",
    "512b, 512",
    "512k, 524288",
    "1kb, 1024",
    "1m, 1048576",
    "4G, 4294967296",
    "1tb, 1099511627776",
    "1p, 1125899906842624",
    "' 1g ', 1073741824",
  })
  void readsASizeOfSpark(String text, long bytes) {
    assertThat(MemorySize.bytes(text, MemorySize.MEBIBYTE)).hasValue(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "g", "-1g", "1.5g", "1Gi", "1 g", "9999999999999999p", "٣g"})
  void refusesWhatSparkRefuses(String text) {
    assertThat(MemorySize.bytes(text, MemorySize.MEBIBYTE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"2100000k, 2050", "2048, 2048", "1023k, 0"})
  void roundsMebibytesDown(String text, long mebibytes) {
    assertThat(MemorySize.mebibytes(text)).hasValue(mebibytes);
  }
}
