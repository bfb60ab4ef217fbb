/** RESP2 and RESP3 (redis.io, "Redis serialization protocol specification"): requests in, replies out. */
package io.releve.format.resp;
