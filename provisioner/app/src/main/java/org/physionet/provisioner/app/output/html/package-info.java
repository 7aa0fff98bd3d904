/** Pages for people who print or keep them: HTML that needs nothing but itself, with charts in SVG. Uses output. */
@NullMarked
package org.physionet.provisioner.app.output.html;

import org.jspecify.annotations.NullMarked;
