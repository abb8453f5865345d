{
  "signatures" : [
    {
      "algorithm" : "ed25519",
      "charter" : "example/fifteen-per-hour",
      "fingerprint" : "1ebba6dfb4c58f8bb4f70ddf3508f88bad941da7fb2e2a2391a8727a78365410",
      "key" : "RgsAo2carfYuvIlUyif7vjzDqXon/XtSREC7BQUZSEI=",
      "signature" : "NA8391vn/Lf0KfZEdfCdi++Hr3Ty0+Sj6sFmLdVrxPGgVwtifQETSy28tf7pcd/3bY6HhmtknGqd8eSiXw1oDA==",
      "signer" : "A signer of the example",
      "version" : "0.1.0"
    },
    {
      "algorithm" : "ed25519",
      "charter" : "example/fifteen-per-hour",
      "fingerprint" : "1ebba6dfb4c58f8bb4f70ddf3508f88bad941da7fb2e2a2391a8727a78365410",
      "key" : "GUEI8yNgBhLtfI4GgZlklxcvdPkNncE0aqbwEVDtLZ4=",
      "signature" : "SgLb8IvI2wKHpQEd1ux4pCGqz6tU8Hcca8y4g6BpTgJz0PlGM/ZQbzH6im/mtiSSH4dNDDZp3mxqHbrUaHtbDg==",
      "signer" : "Another signer of the example",
      "version" : "0.1.0"
    }
  ]
}
