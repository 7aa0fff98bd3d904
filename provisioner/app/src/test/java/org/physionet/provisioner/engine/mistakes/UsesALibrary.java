package org.physionet.provisioner.engine.mistakes;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Breaks a rule on purpose: the engine uses no library. */
record UsesALibrary(ObjectMapper library) {}
