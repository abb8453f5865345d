{
  "signatures" : [
    {
      "algorithm" : "ed25519",
      "charter" : "example/fifteen-per-hour",
      "fingerprint" : "1ebba6dfb4c58f8bb4f70ddf3508f88bad941da7fb2e2a2391a8727a78365410",
      "key" : "grJg4uUVyfJVxwJB1Nut+6mFKlO8skUU6UOF6E0q+xY=",
      "signature" : "Y8DV4BR0DrMDic+QNWmV56rMr0H+HaL6ad0dxrZNTzx37OvDuO2VdhzLClv6vKxLOkmsO+kMk3j04j5u0gW7Cw==",
      "signer" : "A signer of the example",
      "version" : "0.1.0"
    },
    {
      "algorithm" : "ed25519",
      "charter" : "example/fifteen-per-hour",
      "fingerprint" : "1ebba6dfb4c58f8bb4f70ddf3508f88bad941da7fb2e2a2391a8727a78365410",
      "key" : "uZI1y/c86NH1l+cukBt0IPZGDTi20jCjTghVRPeNo3g=",
      "signature" : "Tx6s2bVf1Zg6/D3aumrQoI30JAWQwYoMvStM/qr42oGC85z5XPElxrIeblUA4m6i83x0B+sgI5VXdLzYpyq+AQ==",
      "signer" : "Another signer of the example",
      "version" : "0.1.0"
    }
  ]
}
