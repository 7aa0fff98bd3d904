/** What cloud access logs say, held against the record: questions and answers, printed by others. Uses the engine, DuckDB and Jackson. */
@NullMarked
package org.physionet.provisioner.audit;

import org.jspecify.annotations.NullMarked;
