package io.firesteel.local.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Writes the input of the DailyTotals job: one CSV file of sales per day, {@code
 * <root>/<year>/<month>/data_<year>_<month>_<day>.csv}, and a hash of the credentials that the job
 * must present. The same seed and days give the same bytes, so writing is idempotent. About one day
 * in ten has no file; the last day always has one.
 *
 * @param root the folder to write to; created if it does not exist
 * @param lastDay the last day; it has a file
 * @param days the number of days up to the last one, at least 1
 * @param seed determines the numbers
 */
public record DailyFiles(Path root, LocalDate lastDay, int days, long seed) {

  /** The number of days that the example job adds up. */
  public static final int DEFAULT_DAYS = 60;

  static final String HEADER = "Col_A,Col_B,Col_C,Col_D,TotalQuantity";

  private static final DateTimeFormatter FOLDER = DateTimeFormatter.ofPattern("yyyy/MM");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy_MM_dd");
  private static final int ROWS = 200;
  private static final List<String> REGIONS = List.of("north", "south", "east", "west");
  private static final List<String> GOODS = List.of("flint", "steel", "tinder", "char cloth");
  private static final List<String> CHANNELS = List.of("shop", "web", "fair");
  private static final List<String> SIZES = List.of("S", "M", "L");

  public DailyFiles {
    if (days < 1) {
      throw new IllegalArgumentException("days must be at least 1, not " + days);
    }
  }

  /** Sixty days of files up to the last day. */
  public static DailyFiles endingAt(Path root, LocalDate lastDay) {
    return new DailyFiles(root, lastDay, DEFAULT_DAYS, 20260101);
  }

  public LocalDate firstDay() {
    return lastDay.minusDays(days - 1L);
  }

  /** Writes the files and {@code .credentials.sha256}, but not the credentials. */
  public void write(Credentials credentials) {
    try {
      Files.createDirectories(root);
      Files.writeString(root.resolve(".credentials.sha256"), credentials.hash() + "\n");
      for (var day : daysWithAFile().toList()) {
        var file = fileOf(root, day);
        Files.createDirectories(file.getParent());
        Files.write(file, rows(day));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write daily files under " + root, e);
    }
  }

  public Stream<LocalDate> daysWithAFile() {
    return firstDay()
        .datesUntil(lastDay.plusDays(1))
        .filter(day -> day.equals(lastDay) || random(day).nextInt(10) != 0);
  }

  static Path fileOf(Path root, LocalDate day) {
    return root.resolve(FOLDER.format(day)).resolve("data_" + DAY.format(day) + ".csv");
  }

  private List<String> rows(LocalDate day) {
    var random = random(day);
    var rows = ROWS / 2 + random.nextInt(ROWS);
    return Stream.concat(Stream.of(HEADER), Stream.generate(() -> row(random)).limit(rows))
        .toList();
  }

  private static String row(SplittableRandom random) {
    return String.join(
        ",",
        pick(REGIONS, random),
        pick(GOODS, random),
        pick(CHANNELS, random),
        pick(SIZES, random),
        String.valueOf(random.nextInt(-5, 1_000)));
  }

  private static String pick(List<String> values, SplittableRandom random) {
    return values.get(random.nextInt(values.size()));
  }

  private SplittableRandom random(LocalDate day) {
    return new SplittableRandom(seed * 31 + day.toEpochDay());
  }

  /** The credentials of the example storage, made up for the laptop. Never printed. */
  public record Credentials(String appId, String tenantId, String appSecret) {

    String hash() {
      try {
        var text = appId + ':' + tenantId + ':' + appSecret;
        var digest = MessageDigest.getInstance("SHA-256");
        return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("SHA-256 is missing", e);
      }
    }

    @Override
    public String toString() {
      return "Secret[not shown]";
    }
  }
}
