/** What a workflow consists of: tasks, the expressions that order them, and their items. */
@NullMarked
package io.firesteel.workflow.spec;

import org.jspecify.annotations.NullMarked;
