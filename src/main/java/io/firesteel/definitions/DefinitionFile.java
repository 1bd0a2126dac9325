package io.firesteel.definitions;

/**
 * One file of the directory.
 *
 * @param name relative to the directory, with slashes
 */
record DefinitionFile(String name, String text) {}
