/** Decides when the tasks of a workflow start and how the workflow ends. Pure. */
@NullMarked
package io.firesteel.workflow.core;

import org.jspecify.annotations.NullMarked;
