/** Running SQL: connections, transactions, prepared statements and what their failures mean for a person. Uses JDBC alone. */
@NullMarked
package org.physionet.provisioner.store.sql;

import org.jspecify.annotations.NullMarked;
