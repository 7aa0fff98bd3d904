/** YAML as a small tree with line numbers, read strictly, for the files that people write. Uses SnakeYAML and cli. */
@NullMarked
package org.physionet.provisioner.app.yaml;

import org.jspecify.annotations.NullMarked;
