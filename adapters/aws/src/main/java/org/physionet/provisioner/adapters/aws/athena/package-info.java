/** SQL as Athena's query executions: start, poll, page, fail. Uses calls. */
@NullMarked
package org.physionet.provisioner.adapters.aws.athena;

import org.jspecify.annotations.NullMarked;
