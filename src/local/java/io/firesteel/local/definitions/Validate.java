package io.firesteel.local.definitions;

import io.firesteel.definitions.DefinitionPoller;
import io.firesteel.definitions.Definitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./firesteel validate DIR [--notification FILE]}: prints the errors of definitions, and
 * which jobs a bucket notification would request. Exits with 0 if all is well, with 1 if there are
 * errors or the notification would request no job, with 2 if the arguments are wrong.
 */
public final class Validate {

  private final List<String> output = new ArrayList<>();

  private Validate() {}

  public static void main(String[] args) throws IOException {
    try {
      Result result = run(List.of(args));
      result.output().forEach(System.out::println);
      System.exit(result.valid() ? 0 : 1);
    } catch (IllegalArgumentException e) {
      System.err.println("firesteel validate: " + e.getMessage());
      System.exit(2);
    }
  }

  /** The lines to print, and whether all is well. */
  record Result(List<String> output, boolean valid) {}

  /**
   * Runs the command.
   *
   * @throws IllegalArgumentException if an argument is invalid; the message is for the user
   */
  static Result run(List<String> args) throws IOException {
    boolean dryRun = args.size() == 3 && args.get(1).equals("--notification");
    if (args.size() != 1 && !dryRun) {
      throw new IllegalArgumentException(
          "name the folder of definitions, and a notification by --notification FILE; see ./firesteel help");
    }
    Path directory = Path.of(args.getFirst());
    if (!Files.isDirectory(directory)) {
      throw new IllegalArgumentException("the folder " + directory + " does not exist");
    }
    Path notification = dryRun ? Path.of(args.getLast()) : null;
    if (notification != null && !Files.isReadable(notification)) {
      throw new IllegalArgumentException("cannot read the file " + notification);
    }
    var validate = new Validate();
    Definitions definitions = new DefinitionPoller(directory).load();
    boolean valid = validate.report(directory, definitions);
    if (notification != null) {
      var trial = NotificationDryRun.of(Files.readAllBytes(notification), definitions);
      validate.output.addAll(trial.output());
      valid &= trial.jobs() > 0;
    }
    return new Result(validate.output, valid);
  }

  private boolean report(Path directory, Definitions definitions) {
    definitions
        .errors()
        .forEach(error -> output.add(directory.resolve(error.toString()).toString()));
    output.add(
        "validate: %d tenants, %d templates, %d triggers, %d schedules, %d clusters, %d errors"
            .formatted(
                definitions.tenants().byName().size(),
                definitions.templates().size(),
                definitions.triggers().size(),
                definitions.schedules().size(),
                definitions.clusters().byName().size(),
                definitions.errors().size()));
    return definitions.errors().isEmpty();
  }
}
