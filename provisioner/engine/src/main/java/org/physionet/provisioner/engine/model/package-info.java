/** DESIGN's words as data: researchers, datasets, holds, decisions, principals, resources. Uses nothing but the JDK. */
@NullMarked
package org.physionet.provisioner.engine.model;

import org.jspecify.annotations.NullMarked;
