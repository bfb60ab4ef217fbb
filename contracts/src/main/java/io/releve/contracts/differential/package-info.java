/** Random requests to two servers, whose replies must not differ. */
package io.releve.contracts.differential;
