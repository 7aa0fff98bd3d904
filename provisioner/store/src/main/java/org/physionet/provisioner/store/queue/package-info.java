/** Work that is due at a time, shared by the instances on one record; may use db-scheduler, the record's database, and nothing of the engine but time. */
@NullMarked
package org.physionet.provisioner.store.queue;

import org.jspecify.annotations.NullMarked;
