/** AWS policy documents as data: parse, render, compare, and the question whether one is public. Pure; uses Jackson alone. */
@NullMarked
package org.physionet.provisioner.adapters.aws.policy;

import org.jspecify.annotations.NullMarked;
